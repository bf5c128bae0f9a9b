// Read a package with datapackage-js: whether it holds the descriptor to be valid, and of every
// table the number of rows, of cells that are not empty, and of links that its foreign keys follow.
// node datapackage.js path/to/datapackage.json   (NODE_PATH names the folder of the module)
const {Package} = require('datapackage')

async function main() {
  const dataPackage = await Package.load(process.argv[2])
  const out = {valid: dataPackage.valid, errors: dataPackage.errors.map(String), tables: {}}
  for (const resource of dataPackage.resources.filter((r) => r.tabular)) {
    const rows = await resource.read({keyed: true})
    const keys = resource.schema.foreignKeys.map((k) => k.fields)
    // With relations, a key is replaced by the row that it leads to; a dangling one is an error.
    const linked = keys.length ? await resource.read({keyed: true, relations: true}) : []
    const cells = rows.flatMap((row) => Object.values(row)).filter((v) => v !== null)
    const links = keys.flatMap((fields) => linked.filter((row) => typeof row[fields[0]] === 'object' && row[fields[0]] !== null))
    out.tables[resource.name] = {rows: rows.length, cells: cells.length, keys: keys.length, links: links.length}
  }
  process.stdout.write(JSON.stringify(out))
}

main().catch((error) => {
  const all = [error, ...(error.errors || [])]
  process.stderr.write(all.map(String).join('\n') + '\n')
  process.exitCode = 1
})
