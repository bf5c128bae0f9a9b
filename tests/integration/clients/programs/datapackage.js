// Every row of every table of a package, as datapackage-js casts it, as JSON; dates are marked.
// In place of a table that it refuses stands what it says.
// node datapackage.js path/to/datapackage.json   (NODE_PATH names the folder of the module)
const {Package} = require('datapackage')

function marked(value) {
  if (!(value instanceof Date)) return value
  const digits = (number, width) => String(number).padStart(width, '0')
  return {date: `${digits(value.getFullYear(), 4)}-${digits(value.getMonth() + 1, 2)}-${digits(value.getDate(), 2)}`}
}

async function main() {
  const dataPackage = await Package.load(process.argv[2])
  const out = {}
  for (const resource of dataPackage.resources.filter((r) => r.tabular)) {
    try {
      const rows = await resource.read({keyed: true})
      out[resource.name] = rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, marked(v)])))
    } catch (error) {
      out[resource.name] = [error, ...(error.errors || [])].map(String).join('; ')
    }
  }
  process.stdout.write(JSON.stringify(out))
}

main().catch((error) => {
  process.stderr.write([error, ...(error.errors || [])].map(String).join('\n') + '\n')
  process.exitCode = 1
})
