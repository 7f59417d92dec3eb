import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsNumber,
  IsOptional,
  isISO31661Alpha2,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
} from 'class-validator';
import { Line } from '../../platform/http/fields.js';
import { normalTaxCode } from './tax-code.rules.js';

/** A check whose name is the code of its fault. */
const check = (code: string, test: (value: unknown) => boolean): PropertyDecorator => {
  return (target, property) =>
    registerDecorator({
      name: code,
      target: target.constructor,
      propertyName: String(property),
      validator: { validate: test, defaultMessage: () => code },
    });
};

export const IsTaxCode = (): PropertyDecorator =>
  check(
    'invalid_tax_code',
    (value) => typeof value === 'string' && value.length <= 40 && normalTaxCode(value) !== null,
  );

export const IsCountry = (): PropertyDecorator =>
  check(
    'invalid_country',
    (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value) && isISO31661Alpha2(value),
  );

/** An e-mail address, stored in small letters. */
export const Email = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.trim().toLowerCase() : value,
    ),
    IsString(),
    MaxLength(254),
    IsEmail(),
  );

/** A web address; `https://` is put before a bare host name. */
export const Website = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? withScheme(value.trim()) : value,
    ),
    IsString(),
    MaxLength(300),
    IsUrl({ protocols: ['http', 'https'], require_protocol: true }),
  );

function withScheme(address: string): string {
  return address === '' || /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
}

/** At most 20 industries, each a line of at most 100 characters, none twice. */
export const Sectors = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value)
        ? value.map((item: unknown) => (typeof item === 'string' ? item.trim() : item))
        : value,
    ),
    IsArray(),
    ArrayMaxSize(20),
    ArrayUnique(),
    IsString({ each: true }),
    MaxLength(100, { each: true }),
    Matches(/^[^\r\n\p{Cc}]*\S[^\r\n\p{Cc}]*$/u, { each: true }),
  );

/** A line that may be left out or be null. */
export const OptionalLine = (max: number): PropertyDecorator => applyDecorators(IsOptional(), Line(max));

/** A coordinate within bounds, at most six decimals: a tenth of a metre. */
export const Degrees = (min: number, max: number): PropertyDecorator =>
  applyDecorators(IsNumber({ maxDecimalPlaces: 6 }), Min(min), Max(max));
