module github.com/pgrehearsal/pgrehearsal/lab/go/pause

go 1.26.0
