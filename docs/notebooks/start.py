# %% [markdown]
# # The first ten minutes, in pandas
# Load the tables, look at one attack, see who claimed what, count the attacks of each week, and ask
# whether the truce was in force. Every answer names the records and sources that it rests on.
# Run it as a script or cell by cell; `make notebooks` runs it and keeps what it prints beside it.

# %% Load: a data frame for each table, with the types of the schema
import pandas as pd

import hudna

pd.set_option("display.width", 100, "display.max_columns", 8, "display.max_colwidth", 44)
incidents = hudna.load("incidents")
actors = hudna.labels("actors")
citations = hudna.load("citations")
sources = hudna.load("sources").set_index("source_id")
print(f"{len(incidents)} incidents, {len(citations)} citations, {len(sources)} sources")
print(incidents.dtypes[["title", "date_start", "extent", "killed_low"]].to_string())

# %% Look: one record; an empty cell is what the sources do not say
attack = incidents.set_index("incident_id").loc["2020-09-28-radwaniyah-rockets"]
print(attack.dropna().to_string())


# %% Sources of a record: who says it, where
def sources_of(table, record):
    """The citations of a record, with the title and the address of each source."""
    cited = citations[(citations["table"] == table) & (citations["record_id"] == record)]
    return cited.join(sources[["publisher_id", "url"]], on="source_id")


told = sources_of("incidents", "2020-09-28-radwaniyah-rockets")
print(told[["field", "support", "source_id", "locator"]].head(8).to_string(index=False))

# %% Who claimed what: whose word it is that somebody did it
involved = hudna.load("incident_actors")
claims = involved[(involved["role"] == "perpetrator") & involved["asserted_by"].notna()]
claims = claims.assign(who=claims["actor_id"].map(actors), says=claims["asserted_by"].map(actors))
shown = claims[["incident_id", "who", "basis", "says"]]
print(shown.sort_values(["incident_id", "who"]).head(10).to_string(index=False))

# %% Attacks per week: the lowest and the highest number that the sources support

weeks = hudna.load("incident-counts", by="week", from_="2020-09-07", to="2020-11-01")
weeks = weeks[(weeks["type"] == "attack") & (weeks["target"] == "*")]
print(weeks[["window_start", "lowest", "highest", "incident_rows"]].to_string(index=False))
print("The first week rests on", weeks["why"].iloc[0])

# %% The truce: was it in force, and according to whom?
for day in ["2020-10-09", "2020-10-10", "2020-11-18"]:
    status = hudna.load("ceasefire-status", day=day)[
        ["holder", "status", "dated", "how", "sources"]
    ]
    print(day)
    print(status.to_string(index=False, na_rep=""))
