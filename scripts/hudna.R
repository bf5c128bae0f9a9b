# The tables of a data package as R data frames, with the types of their schemas. Base R alone.
#
#   source("scripts/hudna.R")
#   incidents <- hudna_load("incidents")                   # one table of the package in "."
#   tables <- hudna_load(package = "path/to/package")      # all of them, a named list
#
# Types, by the type in the Table Schema:
#   string     character; with an enum a factor, its levels in the order of the enum
#   integer    integer, or numeric where a value of the column needs more than 32 bits
#              (beyond 2^53 digits get lost, with a warning)
#   number     numeric
#   boolean    logical
#   date       Date
# An empty cell is NA; the text "NA" is a text. A cell that is not what its schema says stops with
# an error; `hudna validate` finds all of those.

hudna_load <- local({

  # JSON -----------------------------------------------------------------------------------------

  token <- paste0(
    "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|[][{}:,]|",
    "-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null|[^][{}:,\\s\"]+"
  )

  # The value in a JSON file: objects are named lists, arrays are lists.
  read_json <- function(path) {
    if (!file.exists(path))
      stop(path, " does not exist; name the folder: package = \"...\"", call. = FALSE)
    text <- paste(readLines(path, warn = FALSE, encoding = "UTF-8"), collapse = "\n")
    text <- sub("^\xef\xbb\xbf", "", text, useBytes = TRUE)
    tokens <- regmatches(text, gregexpr(token, text, perl = TRUE, useBytes = TRUE))[[1]]
    Encoding(tokens) <- "UTF-8"
    at <- 0
    following <- function() {
      at <<- at + 1
      if (at > length(tokens)) stop(path, " ends within a value", call. = FALSE)
      tokens[[at]]
    }
    value <- function(t = following()) {
      switch(substr(t, 1, 1),
        "{" = members(), "[" = items(), "\"" = unquoted(t),
        t = TRUE, f = FALSE, n = NULL, as_number(t)
      )
    }
    as_number <- function(t) {
      if (!grepl("^-?[0-9]", t)) stop(path, " is no JSON near ", t, call. = FALSE)
      as.numeric(t)
    }
    members <- function() {
      out <- list()
      if ((t <- following()) == "}") return(out)
      repeat {
        name <- unquoted(t)
        if (following() != ":") stop(path, " is no JSON near ", t, call. = FALSE)
        out[name] <- list(value())
        if (following() == "}") return(out)
        t <- following()
      }
    }
    items <- function() {
      out <- list()
      if ((t <- following()) == "]") return(out)
      repeat {
        out <- c(out, list(value(t)))
        if (following() == "]") return(out)
        t <- following()
      }
    }
    value()
  }

  plain <- c(b = "\b", f = "\f", n = "\n", r = "\r", t = "\t")

  # A JSON string without its quotes and escapes.
  unquoted <- function(t) {
    t <- substr(t, 2, nchar(t) - 1)
    if (!grepl("\\", t, fixed = TRUE)) return(t)
    # A pair of surrogates is one character.
    pattern <- "\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\\\u[0-9a-fA-F]{4}|\\\\."
    found <- gregexpr(pattern, t, perl = TRUE)
    regmatches(t, found) <- list(vapply(regmatches(t, found)[[1]], character_of, ""))
    t
  }

  character_of <- function(escape) {
    kind <- substr(escape, 2, 2)
    if (kind != "u") return(if (kind %in% names(plain)) plain[[kind]] else kind)
    units <- strtoi(strsplit(escape, "\\u", fixed = TRUE)[[1]][-1], 16L)
    code <- if (length(units) == 2) {
      65536 + (units[1] - 55296) * 1024 + (units[2] - 56320)
    } else {
      units
    }
    intToUtf8(code)
  }

  # Cells ----------------------------------------------------------------------------------------

  integer_form <- "^\\s*[+-]?[0-9]+\\s*$"
  number_form <- paste0(
    "^\\s*[+-]?(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?|",
    "[iI][nN][fF]([iI][nN][iI][tT][yY])?|[nN][aA][nN])\\s*$"
  )
  booleans <- c(
    "true" = TRUE, "True" = TRUE, "TRUE" = TRUE, "1" = TRUE,
    "false" = FALSE, "False" = FALSE, "FALSE" = FALSE, "0" = FALSE
  )

  # Stop at the first text that is not what was wanted.
  demand <- function(good, text, where, wanted) {
    bad <- which(!is.na(text) & !good)
    if (length(bad)) {
      stop(where, " is '", text[bad[1]], "'; expected ", wanted, call. = FALSE)
    }
  }

  as_integers <- function(text, where) {
    demand(grepl(integer_form, text), text, where, "an integer")
    n <- as.numeric(text)
    if (any(abs(n) > 2^53, na.rm = TRUE)) {
      warning(where, " holds integers beyond 2^53, which lose digits in R", call. = FALSE)
    }
    if (all(abs(n) <= .Machine$integer.max, na.rm = TRUE)) as.integer(n) else n
  }

  as_numbers <- function(text, where) {
    demand(grepl(number_form, text), text, where, "a number")
    as.numeric(text)
  }

  as_booleans <- function(text, where) {
    demand(text %in% names(booleans), text, where, "true or false")
    unname(booleans[text])
  }

  as_dates <- function(text, where) {
    date <- as.Date(text, format = "%Y-%m-%d")
    form <- grepl("^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$", text)
    demand(form & !is.na(date), text, where, "a date as YYYY-MM-DD")
    date
  }

  as_codes <- function(text, where, codes) {
    demand(text %in% codes, text, where, paste("one of", paste(codes, collapse = ", ")))
    factor(text, levels = codes)
  }

  typed <- function(field, text, path) {
    where <- paste0(path, ": ", field$name)
    codes <- unlist(field$constraints$enum)
    switch(if (is.null(field$type)) "string" else field$type,
      string = if (is.null(codes)) text else as_codes(text, where, codes),
      integer = as_integers(text, where),
      number = as_numbers(text, where),
      boolean = as_booleans(text, where),
      date = as_dates(text, where),
      stop(where, " has the type ", field$type, ", which hudna does not read", call. = FALSE)
    )
  }

  # Tables ---------------------------------------------------------------------------------------

  read_table <- function(root, resource) {
    schema <- resource$schema
    if (is.character(schema)) schema <- read_json(file.path(root, schema))
    names <- vapply(schema$fields, function(f) f$name, "")
    path <- file.path(root, resource$path)
    if (!file.exists(path)) stop(resource$path, " does not exist", call. = FALSE)
    cells <- function(what, ...) {
      scan(
        path, what, sep = ",", quote = "\"", encoding = "UTF-8", quiet = TRUE,
        multi.line = FALSE, blank.lines.skip = FALSE, ...
      )
    }
    header <- sub("^\xef\xbb\xbf", "", cells("", nlines = 1), useBytes = TRUE)
    if (!identical(header, names)) {
      stop(
        resource$path, " has the header ", paste(header, collapse = ","), "; expected ",
        paste(names, collapse = ","), call. = FALSE
      )
    }
    missing <- if (is.null(schema$missingValues)) "" else unlist(schema$missingValues)
    columns <- tryCatch(
      cells(rep(list(""), length(names)), skip = 1, na.strings = missing),
      error = function(e) stop(resource$path, ": ", conditionMessage(e), call. = FALSE)
    )
    out <- Map(function(f, text) typed(f, text, resource$path), schema$fields, columns)
    structure(
      stats::setNames(out, names), class = "data.frame", row.names = seq_along(columns[[1]])
    )
  }

  #' One table of a package, or all.
  #'
  #' @param name the table; NULL for a named list of all tables
  #' @param package the folder of the package, or its datapackage.json
  #' @return a data frame, or a named list of them
  function(name = NULL, package = ".") {
    root <- if (basename(package) == "datapackage.json") dirname(package) else package
    resources <- read_json(file.path(root, "datapackage.json"))$resources
    resources <- Filter(function(r) !is.null(r$schema), resources)
    names(resources) <- vapply(resources, function(r) r$name, "")
    if (is.null(name)) return(lapply(resources, function(r) read_table(root, r)))
    if (!name %in% names(resources)) {
      near <- names(resources)[which.min(utils::adist(name, names(resources)))]
      stop(
        "there is no table '", name, "'; expected one of ",
        paste(sort(names(resources)), collapse = ", "), " (nearest: ", near, ")", call. = FALSE
      )
    }
    read_table(root, resources[[name]])
  }
})
