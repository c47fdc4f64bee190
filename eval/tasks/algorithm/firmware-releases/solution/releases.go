package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
)

type release struct {
	line    string
	name    string
	numbers [3]int
}

func parse(line string) release {
	parts := strings.Fields(line)
	found := release{line: line, name: parts[0]}
	for place, number := range strings.SplitN(parts[1], ".", 3) {
		found.numbers[place], _ = strconv.Atoi(number)
	}
	return found
}

func before(one, other release) bool {
	if one.name != other.name {
		return one.name < other.name
	}
	for place := range one.numbers {
		if one.numbers[place] != other.numbers[place] {
			return one.numbers[place] > other.numbers[place]
		}
	}
	return false
}

func main() {
	var releases []release
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		if line := strings.TrimSpace(scanner.Text()); line != "" {
			releases = append(releases, parse(line))
		}
	}
	sort.SliceStable(releases, func(i, j int) bool { return before(releases[i], releases[j]) })

	devices := 0
	for place, found := range releases {
		if place == 0 || releases[place-1].name != found.name {
			devices++
			fmt.Println(found.line + " *")
		} else {
			fmt.Println(found.line)
		}
	}
	fmt.Printf("devices: %d\n", devices)
}
