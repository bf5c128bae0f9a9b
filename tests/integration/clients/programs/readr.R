# The tables of a package by readr.
hudna_load <- function(package) {
  files <- list.files(file.path(package, "data"), "[.]csv$", full.names = TRUE)
  names(files) <- sub("[.]csv$", "", basename(files))
  lapply(files, readr::read_csv, na = "", guess_max = Inf, show_col_types = FALSE, progress = FALSE)
}
