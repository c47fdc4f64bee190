package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	lines := []string{}
	for scanner.Scan() {
		line := scanner.Text()
		if line == "" {
			continue
		}
		lines = append(lines, line)
	}
	sort.Slice(lines, func(i, j int) bool {
		a := strings.Split(lines[i], " ")
		b := strings.Split(lines[j], " ")
		if a[0] == b[0] {
			return a[1] > b[1]
		}
		return a[0] < b[0]
	})
	names := map[string]bool{}
	for _, line := range lines {
		name := strings.Split(line, " ")[0]
		if !names[name] {
			fmt.Println(line + " *")
			names[name] = true
		} else {
			fmt.Println(line)
		}
	}
	fmt.Printf("devices: %d\n", len(names))
}
