import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { currentActor, type Actor } from '../database/actor.js';
import { ProblemError } from './problem.js';

export const ALLOWED_ACTION = 'allowedAction';
export const IS_PUBLIC = 'isPublic';
export const EVEN_WITH_ONE_TIME_PASSWORD = 'evenWithOneTimePassword';

/** The action of the permission table that a caller needs; `signed-in` asks only for an account. */
export const Allow = (action: string) => SetMetadata(ALLOWED_ACTION, action);

/** No sign-in needed. Every route says this or `@Allow`: the boot check refuses silence. */
export const Public = () => SetMetadata(IS_PUBLIC, true);

/** Also for whoever still has the one-time password of a first start: every other route asks them to change it. */
export const EvenWithOneTimePassword = () => SetMetadata(EVEN_WITH_ONE_TIME_PASSWORD, true);

/** Whoever made this request. */
export const ActorParam = createParamDecorator((_data: unknown, _context: ExecutionContext): Actor => {
  const actor = currentActor();
  if (!actor) throw new ProblemError(401, 'sign_in_required');
  return actor;
});
