package main

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strings"
)

var linePattern = regexp.MustCompile(`^\[(\d{2}:\d{2}:\d{2})\] (\w+) ([a-z0-9-]+): ([^(]*)(?:\((.*)\))?$`)

func main() {
	levels := map[string]int{"INFO": 0, "WARN": 1, "ALARM": 2}
	minLevel := 0
	if len(os.Args) > 1 {
		level, ok := levels[os.Args[1]]
		if !ok {
			fmt.Printf("unknown level: %s\n", os.Args[1])
			os.Exit(2)
		}
		minLevel = level
	}

	scanner := bufio.NewScanner(os.Stdin)
	lineNumber := 0
	for scanner.Scan() {
		lineNumber++
		text := scanner.Text()
		if text == "" {
			continue
		}
		match := linePattern.FindStringSubmatch(text)
		if match == nil {
			fmt.Fprintf(os.Stderr, "line %d: not understood\n", lineNumber)
			continue
		}
		if levels[match[2]] < minLevel {
			continue
		}
		pairs := []string{}
		if match[5] != "" {
			for _, pair := range strings.Split(match[5], ",") {
				pairs = append(pairs, strings.TrimSpace(pair))
			}
			sort.Strings(pairs)
			fmt.Printf("%s %s %s %s | %s\n", match[1], match[2], match[3], strings.Join(pairs, " "), strings.TrimSpace(match[4]))
		} else {
			fmt.Printf("%s %s %s | %s\n", match[1], match[2], match[3], strings.TrimSpace(match[4]))
		}
	}
}
