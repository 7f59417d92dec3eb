import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { ProblemError, type FieldFault } from './problem.js';

/** class-validator's names, as the stable codes of our contract. */
const CODE_OF_CONSTRAINT: Record<string, string> = {
  whitelistValidation: 'unknown_field',
  isDefined: 'required',
  isNotEmpty: 'required',
  isString: 'must_be_text',
  isInt: 'must_be_whole_number',
  isNumber: 'must_be_number',
  isBoolean: 'must_be_true_or_false',
  isArray: 'must_be_list',
  isObject: 'must_be_object',
  nestedValidation: 'must_be_object',
  isUuid: 'invalid_id',
  isEmail: 'invalid_email',
  isUrl: 'invalid_url',
  isIn: 'not_one_of',
  isEnum: 'not_one_of',
  maxLength: 'too_long',
  isLength: 'wrong_length',
  minLength: 'too_short',
  min: 'too_small',
  isPositive: 'too_small',
  max: 'too_large_number',
  arrayMaxSize: 'too_many',
  arrayMinSize: 'too_few',
  arrayUnique: 'repeated',
  matches: 'invalid_format',
  isDay: 'invalid_date',
  isInstant: 'invalid_time',
  isPhone: 'invalid_phone',
  isMoneyAmount: 'invalid_money',
  isCleanText: 'invalid_characters',
};

/** Faults of which one is enough, most telling first. */
const TELLING_ORDER = [
  'whitelistValidation',
  'isDefined',
  'isString',
  'isInt',
  'isNumber',
  'isArray',
  'isObject',
];

export function toFaults(errors: ValidationError[], parent = ''): FieldFault[] {
  return errors.flatMap((error) => {
    const path = parent ? `${parent}.${error.property}` : error.property;
    const names = Object.keys(error.constraints ?? {});
    const name = TELLING_ORDER.find((candidate) => names.includes(candidate)) ?? names[0];
    const own = name ? [faultOf(path, name, error)] : [];
    return [...own, ...toFaults(error.children ?? [], path)];
  });
}

function faultOf(path: string, name: string, error: ValidationError): FieldFault {
  const missing = error.value === undefined && name !== 'whitelistValidation';
  const code = missing ? 'required' : (CODE_OF_CONSTRAINT[name] ?? name);
  const words = error.constraints![name]!;
  return { path, code, params: { limit: /\d+(?:\.\d+)?/.exec(words)?.[0] } };
}

/** A NUL cannot be stored as text, and a lone surrogate cannot be sent: say so before PostgreSQL does. */
function findUnstorable(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed() ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = findUnstorable(inner, path ? `${path}.${key}` : key);
    if (found !== null) return found;
  }
  return null;
}

export class StrictValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      stopAtFirstError: false,
      validationError: { target: false, value: true },
      exceptionFactory: (errors) => new ProblemError(400, 'validation_failed', {}, toFaults(errors)),
    });
  }

  override async transform(
    given: unknown,
    metadata: Parameters<ValidationPipe['transform']>[1],
  ): Promise<unknown> {
    // no body says as much as an empty one
    const value = metadata.type === 'body' && given === undefined ? {} : given;
    if (metadata.type !== 'custom') {
      const unstorable = findUnstorable(value, metadata.type === 'param' ? (metadata.data ?? '') : '');
      if (unstorable !== null) {
        throw new ProblemError(400, 'validation_failed', {}, [
          { path: unstorable, code: 'invalid_characters' },
        ]);
      }
      if (
        metadata.type === 'body' &&
        metadata.metatype &&
        (typeof value !== 'object' || value === null || Array.isArray(value))
      ) {
        throw new ProblemError(400, 'validation_failed', {}, [{ path: '', code: 'must_be_object' }]);
      }
    }
    return super.transform(value, metadata);
  }
}

let validation: StrictValidationPipe | undefined;

/** What the pipe makes of a body that a handler reads by itself: 400 as from any route. */
export async function checkedBody<B extends object>(Body: new () => B, given: unknown): Promise<B> {
  validation ??= new StrictValidationPipe();
  return (await validation.transform(given, { type: 'body', metatype: Body })) as B;
}
