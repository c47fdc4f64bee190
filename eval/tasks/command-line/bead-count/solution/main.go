package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

func main() {
	counts := map[string]int{}
	total := 0
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Split(bufio.ScanWords)
	for scanner.Scan() {
		counts[strings.ToLower(scanner.Text())]++
		total++
	}
	if total == 0 {
		fmt.Println("no beads")
		os.Exit(1)
	}
	if len(os.Args) > 1 {
		colour := strings.ToLower(os.Args[1])
		fmt.Println(colour, counts[colour])
		return
	}
	colours := make([]string, 0, len(counts))
	for colour := range counts {
		colours = append(colours, colour)
	}
	sort.Slice(colours, func(i, j int) bool {
		if counts[colours[i]] != counts[colours[j]] {
			return counts[colours[i]] > counts[colours[j]]
		}
		return colours[i] < colours[j]
	})
	for _, colour := range colours {
		fmt.Println(colour, counts[colour])
	}
	fmt.Println("total", total)
}
