import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

export function describe(app: NestFastifyApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Đồng Hành')
    .setDescription(
      'Investor promotion and lead tracking. Errors are application/problem+json with stable codes.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('session')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'x-api-key' }, 'key')
    .build();
  const document = SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}`,
  });
  sortEnums(document);
  makeLanguageOptional(document);
  return document;
}

/** Every request may say its language, and none has to. */
function makeLanguageOptional(document: OpenAPIObject): void {
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path) as { parameters?: { name?: string; required?: boolean }[] }[])
      for (const parameter of operation.parameters ?? [])
        if (parameter.name === 'accept-language') parameter.required = false;
}

/** The reference, readable at `/api/docs` and as `/api/openapi.json`. */
export function openApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => describe(app), {
    jsonDocumentUrl: 'api/openapi.json',
    useGlobalPrefix: false,
  });
}

/** The compiler lists the members of a union in whatever order it met them: sorted, the same code gives the same file. */
function sortEnums(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'enum' && Array.isArray(value))
      value.sort((a, b) => (a === null ? 1 : b === null ? -1 : String(a) < String(b) ? -1 : 1));
    else sortEnums(value);
  }
}
