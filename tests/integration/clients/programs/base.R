# The tables of a package by base R alone, as a user reads files of whom nothing is known.
hudna_load <- function(package) {
  files <- list.files(file.path(package, "data"), "[.]csv$", full.names = TRUE)
  names(files) <- sub("[.]csv$", "", basename(files))
  lapply(files, read.csv, na.strings = "", encoding = "UTF-8", check.names = FALSE)
}
