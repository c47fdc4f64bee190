module planks

go 1.22
