import argparse
import json
import os
import sys

DATA_FILE = "hives.json"


def load_hives():
    if os.path.exists(DATA_FILE):
        with open(DATA_FILE, "r") as f:
            return json.load(f)
    return {}


def save_hives(hives):
    with open(DATA_FILE, "w") as f:
        json.dump(hives, f)


def main():
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers(dest="command")
    add = subparsers.add_parser("add")
    add.add_argument("name")
    add.add_argument("frames", type=int)
    subparsers.add_parser("list")
    move = subparsers.add_parser("move")
    move.add_argument("source")
    move.add_argument("target")
    move.add_argument("frames", type=int)
    remove = subparsers.add_parser("remove")
    remove.add_argument("name")
    args = parser.parse_args()
    hives = load_hives()

    if args.command == "add":
        if args.name in hives:
            print(f"already there: {args.name}")
            sys.exit(1)
        hives[args.name] = args.frames
        print(f"added {args.name}")
    elif args.command == "list":
        if not hives:
            print("no hives")
        for name, frames in hives.items():
            print(f"{name}: {frames} frames")
    elif args.command == "move":
        if args.source not in hives:
            print(f"no such hive: {args.source}", file=sys.stderr)
            sys.exit(1)
        if hives[args.source] <= args.frames:
            print(f"not enough frames in {args.source}", file=sys.stderr)
            sys.exit(1)
        hives[args.source] -= args.frames
        hives[args.target] += args.frames
        print(f"moved {args.frames} frames")
    elif args.command == "remove":
        if args.name not in hives:
            print(f"no such hive: {args.name}", file=sys.stderr)
            sys.exit(1)
        del hives[args.name]
        print(f"removed {args.name}")
    else:
        print("usage: hives.py add|list|move|remove ...", file=sys.stderr)
        sys.exit(2)
    save_hives(hives)


if __name__ == "__main__":
    main()
