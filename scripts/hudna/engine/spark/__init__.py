"""The same engine on Spark: a session, tables read part by part, and the one SQL in its dialect."""
