/** The lines of a stream. */
import type { Readable } from 'node:stream'

/**
 * Lines parted by "\n" or "\r\n" and by nothing else: JSON leaves U+2028 and U+2029 within strings as they are, where newer
 * versions of `readline` end a line. Reads on only when the next line is asked for, so that no more than one piece of the stream
 * waits in memory.
 */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8')
  const open: string[] = []
  const close = (): string => open.splice(0).join('').replace(/\r$/, '')
  let isFirst = true
  for await (const piece of stream as AsyncIterable<string>) {
    const text = isFirst ? piece.replace(/^\ufeff/, '') : piece
    isFirst = false
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      open.push(text.slice(from, end))
      yield close()
      from = end + 1
    }
    if (from < text.length) open.push(text.slice(from))
  }
  if (open.length > 0) yield close()
}
