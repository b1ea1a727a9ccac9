import 'reflect-metadata';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { announce } from './announce.js';
import { BODY } from './body.js';

/** The reference: the framework alone, returning the same body. */
@Controller()
class BareController {
  @Get('stub')
  @Header('content-type', 'application/json; charset=utf-8')
  stub(): string {
    return BODY;
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
announce({ port: (app.getHttpServer().address() as AddressInfo).port });
