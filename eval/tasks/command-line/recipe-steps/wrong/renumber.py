import sys


def renumber_recipe(file_path):
    try:
        with open(file_path, 'r') as file:
            lines = file.readlines()
    except FileNotFoundError:
        print(f"cannot read: {file_path}")
        sys.exit(1)

    step = 1
    for line in lines:
        line = line.strip()
        if line.startswith('#'):
            step = 1
            print(line)
        elif line and line[0].isdigit():
            # replace the number in front
            parts = line.split('. ', 1)
            print(f"{step}. {parts[-1]}")
            step += 1
        else:
            print(line)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: renumber.py FILE")
        sys.exit(1)
    renumber_recipe(sys.argv[1])
