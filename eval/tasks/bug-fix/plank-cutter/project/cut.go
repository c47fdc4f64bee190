package main

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// A plank with the pieces cut from it and what is left.
type plank struct {
	pieces []int
	rest   int
}

// parsePieces reads a line such as "800" or "3x800".
func parsePieces(line string) ([]int, error) {
	count := 1
	size := strings.TrimSpace(line)
	if at := strings.Index(size, "x"); at > 0 {
		count = int(size[at-1] - '0')
		size = size[at+1:]
	}
	length, err := strconv.Atoi(size)
	if err != nil || length < 1 || count < 1 || count > 9 {
		return nil, fmt.Errorf("not a piece: %s", line)
	}
	var pieces []int
	for i := 0; i < count; i++ {
		pieces = append(pieces, length)
	}
	return pieces, nil
}

// cut spreads the pieces over planks, the longest first.
func cut(pieces []int, length int, saw int) []plank {
	sorted := append([]int{}, pieces...)
	sort.Sort(sort.Reverse(sort.IntSlice(sorted)))

	var planks []plank
	for _, piece := range sorted {
		placed := false
		for i := range planks {
			if planks[i].rest >= piece+saw {
				planks[i].pieces = append(planks[i].pieces, piece)
				planks[i].rest -= piece + saw
				placed = true
				break
			}
		}
		if !placed {
			planks = append(planks, plank{pieces: []int{piece}, rest: length - piece - saw})
		}
	}
	return planks
}
