import { z } from 'zod';
import { latestTime } from '../utils/clock.ts';

/** A moment in milliseconds since 1970 that a date can hold: whoever shows it need not ask whether there is one. */
export const momentSchema = z.number().min(-latestTime).max(latestTime);
