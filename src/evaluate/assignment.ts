/** One-to-one assignment of largest total weight. */

/** Weight of every pair worth pairing: row → column → weight above 0. */
export type Weights<R, C> = ReadonlyMap<R, ReadonlyMap<C, number>>

/**
 * Pairs rows with columns one to one so that the sum of weights is as large as can be; exact. Pairs without a weight are never made.
 * Splits the problem into its connected components, each solved in O(n²m) by shortest augmenting paths (Kuhn 1955, Munkres 1957).
 */
export function bestAssignment<R, C>(weights: Weights<R, C>): { pairs: Map<R, C>; total: number } {
  const pairs = new Map<R, C>()
  let total = 0
  for (const { rows, columns } of components(weights)) {
    const table = rows.map((row) => columns.map((column) => weights.get(row)!.get(column) ?? 0))
    const chosen = solve(table)
    rows.forEach((row, i) => {
      const weight = chosen[i]! < 0 ? 0 : table[i]![chosen[i]!]!
      if (weight <= 0) return
      pairs.set(row, columns[chosen[i]!]!)
      total += weight
    })
  }
  return { pairs, total }
}

function components<R, C>(weights: Weights<R, C>): { rows: R[]; columns: C[] }[] {
  const rowsOf = new Map<C, R[]>()
  for (const [row, columns] of weights)
    for (const column of columns.keys()) {
      const rows = rowsOf.get(column)
      if (rows) rows.push(row)
      else rowsOf.set(column, [row])
    }
  const seen = new Set<R>()
  const out: { rows: R[]; columns: C[] }[] = []
  for (const first of weights.keys()) {
    if (seen.has(first)) continue
    seen.add(first)
    const rows = [first]
    const columns = new Set<C>()
    for (let i = 0; i < rows.length; i++)
      for (const column of weights.get(rows[i]!)!.keys()) {
        if (columns.has(column)) continue
        columns.add(column)
        for (const row of rowsOf.get(column)!)
          if (!seen.has(row)) {
            seen.add(row)
            rows.push(row)
          }
      }
    if (columns.size) out.push({ rows, columns: [...columns] })
  }
  return out
}

/** Column chosen for each row of a full table of weights ≥ 0, or -1 where rows outnumber columns. */
function solve(table: readonly (readonly number[])[]): number[] {
  const width = table[0]!.length
  if (table.length > width) {
    const turned = solve(Array.from({ length: width }, (_, column) => table.map((row) => row[column]!)))
    const chosen = new Array<number>(table.length).fill(-1)
    turned.forEach((row, column) => {
      if (row >= 0) chosen[row] = column
    })
    return chosen
  }
  // Dual prices of rows and columns; the cost of a pair is minus its weight. `owner[column]` is the row that holds it.
  const rowPrice = new Float64Array(table.length)
  const columnPrice = new Float64Array(width)
  const owner = new Int32Array(width).fill(-1)
  const reach = new Float64Array(width)
  const via = new Int32Array(width)
  const done = new Uint8Array(width)
  for (let start = 0; start < table.length; start++) {
    reach.fill(Number.POSITIVE_INFINITY)
    done.fill(0)
    via.fill(-1)
    let row = start
    let from = -1
    let cost = 0
    let end = -1
    while (end < 0) {
      let next = -1
      for (let column = 0; column < width; column++) {
        if (done[column]) continue
        const step = cost - table[row]![column]! - rowPrice[row]! - columnPrice[column]!
        if (step < reach[column]!) {
          reach[column] = step
          via[column] = from
        }
        if (next < 0 || reach[column]! < reach[next]!) next = column
      }
      cost = reach[next]!
      done[next] = 1
      from = next
      if (owner[next]! < 0) end = next
      else row = owner[next]!
    }
    rowPrice[start]! += cost
    for (let column = 0; column < width; column++) {
      if (!done[column] || column === end) continue
      rowPrice[owner[column]!]! += cost - reach[column]!
      columnPrice[column]! += reach[column]! - cost
    }
    for (let column = end; column >= 0; ) {
      const previous = via[column]!
      owner[column] = previous < 0 ? start : owner[previous]!
      column = previous
    }
  }
  const chosen = new Array<number>(table.length).fill(-1)
  owner.forEach((row, column) => {
    if (row >= 0) chosen[row] = column
  })
  return chosen
}
