// Plans cuts: planks LENGTH SAW, pieces on standard input.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if len(os.Args) != 3 {
		fail("usage: planks LENGTH SAW", 2)
	}
	length, lengthErr := strconv.Atoi(os.Args[1])
	saw, sawErr := strconv.Atoi(os.Args[2])
	if lengthErr != nil || sawErr != nil || length < 1 || saw < 0 {
		fail("LENGTH and SAW must be whole numbers", 2)
	}

	var pieces []int
	scanner := bufio.NewScanner(os.Stdin)
	for scanner.Scan() {
		if scanner.Text() == "" {
			continue
		}
		some, err := parsePieces(scanner.Text())
		if err != nil {
			fail(err.Error(), 1)
		}
		for _, piece := range some {
			if piece > length {
				fail(fmt.Sprintf("piece %d is longer than the plank", piece), 1)
			}
		}
		pieces = append(pieces, some...)
	}

	total := 0
	planks := cut(pieces, length, saw)
	for number, plank := range planks {
		fmt.Printf("plank %d:", number+1)
		for _, piece := range plank.pieces {
			fmt.Printf(" %d", piece)
		}
		fmt.Printf(", waste %d\n", plank.rest)
		total += plank.rest
	}
	fmt.Printf("planks %d, waste %d\n", len(planks), total)
}

func fail(message string, code int) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(code)
}
