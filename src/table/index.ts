/** A Story as tables, network and other tools' files; and other tools' files as layers. Needs nothing but a Story, so also one read back from JSON. */
export { type BookNlpFiles, fromBookNlp, toBookNlp } from './booknlp.js'
export { fromConll, toConll } from './conll.js'
export { characterNetwork, type Network, type NetworkOptions, toGexf, toGraphml } from './network.js'
export { type TableOptions, toTables } from './rows.js'
export {
  type Column,
  type ColumnType,
  columnsOf,
  type Row,
  type TableName,
  type Tables,
  tableNames,
  tables,
  type Value,
} from './schema.js'
export { toCsv, toJsonLines, toParquet, type WriteOptions } from './write.js'
