import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type MigrationInterface } from 'typeorm';
import { Config } from '../config/config.js';
import { Database } from './database.js';
import { SnakeNaming } from './snake-naming.js';

type ClassList = (new () => object)[];

export interface Schema {
  entities: ClassList;
  migrations: (new () => MigrationInterface)[];
}

export function connectionOptions(config: Config, schema: Schema) {
  return {
    type: 'postgres' as const,
    url: config.databaseUrl,
    entities: schema.entities,
    migrations: schema.migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each' as const,
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    installExtensions: false,
    poolSize: config.databasePoolSize,
    applicationName: 'dong-hanh',
    logging: false as const,
    extra: { options: '-c timezone=UTC', idle_in_transaction_session_timeout: 60_000 },
  };
}

@Global()
@Module({})
export class DatabaseModule {
  static forRoot(config: Config, schema: Schema): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...connectionOptions(config, schema), retryAttempts: 0 }),
          dataSourceFactory: async (options) => {
            const source = new DataSource(options!);
            return source.initialize();
          },
        }),
      ],
      providers: [Database],
      exports: [Database, TypeOrmModule],
    };
  }
}
