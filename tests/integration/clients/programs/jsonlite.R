# The tables of the JSON that hudna exports, by jsonlite.
hudna_load <- function(package) {
  resources <- jsonlite::fromJSON(Sys.getenv("HUDNA_EXPORT"))$resources
  stats::setNames(resources$data, resources$name)
}
