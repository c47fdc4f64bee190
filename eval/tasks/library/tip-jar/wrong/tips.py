def split_tips(cents, names):
    if len(names) == 0:
        raise ValueError("no names given")
    share = cents // len(names)
    result = {name: share for name in names}
    result[names[0]] += cents - share * len(names)
    return result
