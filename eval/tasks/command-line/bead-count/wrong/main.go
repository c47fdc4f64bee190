package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

func main() {
	colors := make(map[string]int)
	total := 0
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		for _, color := range strings.Split(scanner.Text(), " ") {
			color = strings.ToLower(color)
			colors[color]++
			total++
		}
	}

	if len(os.Args) > 1 {
		color := os.Args[1]
		fmt.Printf("%s %d\n", color, colors[color])
		return
	}

	if total == 0 {
		fmt.Println("no beads")
		return
	}

	keys := make([]string, 0, len(colors))
	for key := range colors {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	sort.SliceStable(keys, func(i, j int) bool {
		return colors[keys[i]] > colors[keys[j]]
	})
	for _, key := range keys {
		fmt.Printf("%s %d\n", key, colors[key])
	}
	fmt.Printf("total %d\n", total)
}
