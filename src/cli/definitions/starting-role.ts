/** The text of a new role, which can be given a task at once. */
export function startingRole(name: string): string {
  const title = name
    .split('_')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');
  return `---
# Between the two lines: what the program needs to know. Below them: who the role is, in words for a model.
title: ${title}
skills: [experience in the field] # for people: "multiagent agents" shows them
# model: big          # one of the models in config.yaml; absent: the usual one
# sampling: { temperature: 0.2 }

# What config.yaml may set under agents.${name}. {{focus}} below stands for the value.
settings:
  focus: { type: text, default: what matters most to the customer, description: What it looks at first. }

# What it can be asked for. A step of a workflow says: role: ${name}, task_type: advice
task_types:
  advice:
    expects: text # or files
    full: |
      Give your advice on the requirement and on what has been written so far, as a Markdown text:
      what is right and should stay, what has to change and why, and what to do first.
---

You are an experienced ${title}. You look first at {{focus}}.

- You say what you know, what you conclude, and what you do not know.
- You give reasons, and an example where one helps.
`;
}
