import { applyDecorators, Param, PipeTransform } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { DateTime } from 'luxon';
import { Invalid } from './problem.js';

const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2100-12-31';

function custom(name: string, test: (value: unknown) => boolean) {
  return (options?: ValidationOptions): PropertyDecorator =>
    (target, property) =>
      registerDecorator({
        name,
        target: target.constructor,
        propertyName: String(property),
        options,
        validator: { validate: test, defaultMessage: () => `$property fails ${name}` },
      });
}

/** A real calendar day `YYYY-MM-DD` from 1900 to 2100. */
export const IsDay = custom('isDay', isDay);

export function isDay(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    DateTime.fromISO(value).isValid &&
    value >= FIRST_DAY &&
    value <= LAST_DAY
  );
}

/** An instant in ISO 8601 with a zone, from 1900 to 2100. */
export const IsInstant = custom('isInstant', isInstant);

export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(value))
    return false;
  const instant = DateTime.fromISO(value, { zone: 'utc' });
  return instant.isValid && instant.toISODate() >= FIRST_DAY && instant.toISODate() <= LAST_DAY;
}

/** A dialable number, national numbers read as Vietnamese. Store it by `toE164`. */
export const IsPhone = custom('isPhone', (value) => typeof value === 'string' && toE164(value) !== null);

export function toE164(value: string): string | null {
  if (value.length > 40) return null;
  const number = parsePhoneNumberFromString(value, 'VN');
  return number?.isValid() ? number.number : null;
}

/** A decimal string of at most 18 digits before the point and 2 after; never a JavaScript number. */
const IsMoneyAmount = custom(
  'isMoneyAmount',
  (value) => typeof value === 'string' && /^\d{1,18}(\.\d{1,2})?$/.test(value),
);

/** A sum as it was given. Amounts of different currencies are never added. */
export class Money {
  /** Decimal string, at most two decimals. @example "457600000000" */
  @IsMoneyAmount()
  amount: string;

  /** ISO 4217. @example "VND" */
  @IsIn(['VND', 'USD', 'CNY', 'EUR', 'JPY', 'KRW', 'TWD', 'SGD', 'HKD'])
  currency: string;
}

/** Something of another resource, as far as a line of a list shows it. */
export class NamedRef {
  id: string;
  name: string;
}

/** An optional `Money` field. */
export const IsMoney = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Group(() => Money),
  );

/** Text without leading and trailing blanks, at least one and at most `max` characters. */
export const Text = (max: number, min = 1): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    MaxLength(max),
    ...(min > 0 ? [Matches(/\S/, { message: 'required' })] : []),
  );

/** One line: no line breaks, so that it is safe in a mail header. */
export const Line = (max: number, min = 1): PropertyDecorator =>
  applyDecorators(Text(max, min), Matches(/^[^\r\n\u0000-\u001f\u007f]*$/));

const hasTwoDecimals = (value: unknown): boolean =>
  typeof value === 'number' &&
  Number.isFinite(value) &&
  Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;

/** Area in hectares, 0 to 100,000, at most two decimals. */
export const Hectares = (): PropertyDecorator =>
  applyDecorators(custom('isNumber', hasTwoDecimals)(), Min(0), Max(100_000));

export const Count = (max = 1_000_000): PropertyDecorator => applyDecorators(IsInt(), Min(0), Max(max));

/** May be left out, but not be null. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);

/** A group of fields: one object, never a list of them. */
export const Group = (type: () => new () => object): PropertyDecorator =>
  applyDecorators(IsObject(), ValidateNested(), Type(type));

/** A group of fields that must be there. */
export const Nested = (type: () => new () => object): PropertyDecorator =>
  applyDecorators(IsDefined(), Group(type));

/** A query parameter that lists values: `stage=qualified,site_visit`. */
export const CommaList = (
  options: { uuid?: boolean; allowed?: readonly string[]; max?: number } = {},
): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.split(',').filter(Boolean) : value,
    ),
    IsArray(),
    ArrayMaxSize(options.max ?? 100),
    options.uuid ? IsUUID(undefined, { each: true }) : IsString({ each: true }),
    MaxLength(100, { each: true }),
    ...(options.allowed ? [IsIn([...options.allowed], { each: true })] : []),
  );

/** A query parameter that is `true` or `false`. */
export const QueryFlag = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    IsIn([true, false]),
  );

class UuidPipe implements PipeTransform<string, string> {
  constructor(private readonly name: string) {}

  transform(value: string): string {
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value))
      return value.toLowerCase();
    throw new Invalid(this.name, 'invalid_id');
  }
}

/** An id in the path. */
export const Id = (name = 'id'): ParameterDecorator => Param(name, new UuidPipe(name));
