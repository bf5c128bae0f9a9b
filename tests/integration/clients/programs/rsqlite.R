# The tables of the database that hudna exports, by RSQLite.
hudna_load <- function(package) {
  base <- DBI::dbConnect(RSQLite::SQLite(), Sys.getenv("HUDNA_EXPORT"))
  on.exit(DBI::dbDisconnect(base))
  names <- DBI::dbGetQuery(base, "SELECT \"table\" AS name FROM _tables")$name
  tables <- lapply(names, function(n) {
    DBI::dbGetQuery(base, sprintf("SELECT * FROM \"%s\" ORDER BY rowid", n))
  })
  stats::setNames(tables, names)
}
