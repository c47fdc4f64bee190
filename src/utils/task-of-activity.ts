/** The task that an activity belongs to, by its id `<task>/<n>`. */
export function taskOfActivity(activity: string): string {
  return activity.slice(0, activity.lastIndexOf('/'));
}
