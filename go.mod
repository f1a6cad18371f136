module landfall

go 1.26.8
