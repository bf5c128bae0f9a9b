# Print every table that hudna_load gives, column by column, in a form that loses nothing.
# Rscript dump.R path/to/hudna.R path/to/package
given <- commandArgs(trailingOnly = TRUE)
source(given[1])

hex <- function(text) {
  vapply(as.character(text), function(t) paste(charToRaw(enc2utf8(t)), collapse = ""), "")
}
shown <- function(column) {
  text <- switch(class(column)[1],
    Date = sprintf("%.0f", as.numeric(column)),
    integer = sprintf("%d", column),
    numeric = sprintf("%.17g", column),
    logical = ifelse(column, "true", "false"),
    hex(column)
  )
  paste0(ifelse(is.na(column), "-", paste0("=", text)), collapse = "|")
}
tables <- hudna_load(package = given[2])
for (name in names(tables)) {
  for (field in names(tables[[name]])) {
    column <- tables[[name]][[field]]
    levels <- if (is.factor(column)) paste(hex(levels(column)), collapse = ",") else ""
    cat(name, field, class(column)[1], length(column), levels, shown(column), sep = "\t")
    cat("\n")
  }
}
