package main

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strings"
)

var (
	line   = regexp.MustCompile(`^\[([0-9]{2}:[0-9]{2}:[0-9]{2})\] (INFO|WARN|ALARM) ([a-z0-9-]+): (.+)$`)
	values = regexp.MustCompile(`^(.*)\(([^()]*)\)$`)
	value  = regexp.MustCompile(`^[^=\s]+=\S+$`)
	levels = map[string]int{"INFO": 1, "WARN": 2, "ALARM": 3}
)

// split takes the values off the end of a message.
func split(message string) ([]string, string) {
	found := values.FindStringSubmatch(message)
	if found == nil {
		return nil, message
	}
	var taken []string
	for _, part := range strings.Split(found[2], ",") {
		part = strings.TrimSpace(part)
		if !value.MatchString(part) {
			return nil, message
		}
		taken = append(taken, part)
	}
	sort.Slice(taken, func(i, j int) bool {
		return strings.SplitN(taken[i], "=", 2)[0] < strings.SplitN(taken[j], "=", 2)[0]
	})
	return taken, strings.TrimSpace(found[1])
}

func main() {
	least := 0
	if len(os.Args) > 1 {
		least = levels[os.Args[1]]
		if least == 0 {
			fmt.Fprintf(os.Stderr, "unknown level: %s\n", os.Args[1])
			os.Exit(2)
		}
	}
	code := 0
	scanner := bufio.NewScanner(os.Stdin)
	for number := 1; scanner.Scan(); number++ {
		text := strings.TrimSpace(scanner.Text())
		if text == "" {
			continue
		}
		found := line.FindStringSubmatch(text)
		if found == nil {
			fmt.Fprintf(os.Stderr, "line %d: not understood\n", number)
			code = 1
			continue
		}
		if levels[found[2]] < least {
			continue
		}
		taken, message := split(found[4])
		parts := append(found[1:4:4], taken...)
		fmt.Printf("%s | %s\n", strings.Join(parts, " "), message)
	}
	os.Exit(code)
}
