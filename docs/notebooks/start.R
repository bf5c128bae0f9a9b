# The first ten minutes, in R: load the tables, look at one attack, see who claimed what, count the
# attacks of each week, ask whether the truce was in force. Base R alone; run it in the checkout.
# `make notebooks` runs it and keeps what it prints beside it.

# Load: a data frame for each table, with the types of the schema ----
source("scripts/hudna.R")
options(width = 100)
incidents <- hudna_load("incidents")
actors <- hudna_load("actors")
citations <- hudna_load("citations")
sources <- hudna_load("sources")
cat(nrow(incidents), "incidents,", nrow(citations), "citations,", nrow(sources), "sources\n")
print(sapply(incidents[c("title", "date_start", "extent", "killed_low")], class))

# Look: one record; NA is what the sources do not say ----
attack <- incidents[incidents$incident_id == "2020-09-28-radwaniyah-rockets", ]
attack <- attack[, !is.na(attack)]
cat(sprintf("%-16s %s\n", names(attack), substr(sapply(attack, as.character), 1, 70)), sep = "")

# Sources of a record: who says it, where ----
sources_of <- function(table, record) {
  cited <- citations[citations$table == table & citations$record_id == record, ]
  cited$publisher <- sources$publisher_id[match(cited$source_id, sources$source_id)]
  cited
}
told <- sources_of("incidents", "2020-09-28-radwaniyah-rockets")
print(head(told[c("field", "support", "source_id", "locator")], 8), row.names = FALSE)

# Who claimed what: whose word it is that somebody did it ----
name <- function(id) actors$name[match(id, actors$actor_id)]
involved <- hudna_load("incident_actors")
claims <- involved[involved$role == "perpetrator" & !is.na(involved$asserted_by), ]
claims$who <- name(claims$actor_id)
claims$says <- name(claims$asserted_by)
claims <- claims[order(claims$incident_id, claims$actor_id, method = "radix"), ]
print(head(claims[c("incident_id", "who", "basis", "says")], 10), row.names = FALSE)

# Attacks per week: the lowest and the highest number that the sources support ----
hudna <- Sys.getenv("HUDNA", ".venv/bin/hudna")
view <- function(name, ...) {
  given <- c(...)
  settings <- if (length(given)) paste0("--set=", names(given), "=", given)
  out <- system2(hudna, c("view", name, settings, "--why", "--format=csv"), stdout = TRUE)
  read.csv(text = out, na.strings = "", encoding = "UTF-8")
}
weeks <- view("incident-counts", by = "week", from = "2020-09-07", to = "2020-11-01")
weeks <- weeks[weeks$type == "attack" & weeks$target == "*", ]
print(weeks[c("window_start", "lowest", "highest", "incident_rows")], row.names = FALSE)
cat("The first week rests on", weeks$why[1], "\n")

# The truce: was it in force, and according to whom? ----
for (day in c("2020-10-09", "2020-10-10", "2020-11-18")) {
  status <- view("ceasefire-status", day = day)
  cat(day, "\n")
  print(status[c("holder", "status", "dated", "how")], row.names = FALSE, right = FALSE)
}
