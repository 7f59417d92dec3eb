import { registerDecorator } from 'class-validator';

/** What better-auth takes as an address at sign-in: narrower than the standard, and with a domain that has a dot. */
const ADDRESS =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;
const LONGEST = 254;

/** An account with another address could never sign in. */
export function isStaffEmail(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST && ADDRESS.test(value);
}

export const IsStaffEmail = (): PropertyDecorator => (target, property) =>
  registerDecorator({
    name: 'isEmail',
    target: target.constructor,
    propertyName: String(property),
    validator: { validate: isStaffEmail, defaultMessage: () => '$property is no e-mail address' },
  });
