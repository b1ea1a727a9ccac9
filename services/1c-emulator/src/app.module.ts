import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { defineEmulator, SettingsError } from '@poligon/emulator-kit';
import { loadProfile, ProfileError, type HrlinkProfile } from '@poligon/hrlink-api';
import { defaultPopulation, Population } from '@poligon/people';
import { ExchangeController } from './admin/exchange.controller.js';
import { ExportsController } from './admin/exports.controller.js';
import { JobsController } from './admin/jobs.controller.js';
import { ObjectsController } from './admin/objects.controller.js';
import { SessionsController } from './admin/sessions.controller.js';
import { StaffController } from './admin/staff.controller.js';
import { oneCSettings, type OneCConfig } from './config.js';
import { ChangeLog } from './domain/change-log.js';
import { Configuration, zupConfiguration } from './domain/configuration.js';
import { staffProblem } from './domain/staff.js';
import { ColdStartFault } from './faults/cold-start.fault.js';
import { JOB_FAULTS } from './faults/job-faults.js';
import { ODATA_FAULTS } from './faults/odata-faults.js';
import { EXCHANGE_FAULTS } from './faults/exchange-faults.js';
import { BackgroundJobs } from './flow/exchange/background-jobs.js';
import { DataExchange } from './flow/exchange/data-exchange.js';
import { ExchangeFiles } from './flow/exchange/exchange-files.js';
import { ExchangeNodes } from './flow/exchange/exchange-nodes.js';
import { ExchangeOperations } from './flow/exchange/exchange-operations.js';
import { MessageBuilder } from './flow/exchange/message-builder.js';
import { MessageLoader } from './flow/exchange/message-loader.js';
import { Infobase } from './flow/infobase.js';
import { LocalTime } from './flow/local-time.js';
import { Posting } from './flow/posting.js';
import { SessionPool } from './flow/session-pool.js';
import { SiteUploads } from './flow/site-uploads.js';
import { InfobaseReset } from './jobs/infobase-reset.js';
import { JobExchange } from './jobs/job-exchange.js';
import { JobRunner } from './jobs/job-runner.js';
import { jobNames } from './jobs/job-table.js';
import { JobWorkshop } from './jobs/job-workshop.js';
import { jobErrors } from './jobs/job.errors.js';
import { selectionOf, StaffHolder } from './jobs/staff-holder.js';
import { ExchangeDslController } from './protocol/exchange-dsl/exchange-dsl.controller.js';
import { CommercemlController } from './protocol/commerceml/commerceml.controller.js';
import { commercemlErrors } from './protocol/commerceml/commerceml.errors.js';
import { SiteExchange } from './protocol/commerceml/site-exchange.js';
import { readIntegrator } from './protocol/hrlink/integrator.js';
import { HRLINK_PROFILE, Portal } from './protocol/hrlink/portal.js';
import { readTenants } from './protocol/hrlink/tenants.js';
import { HttpServiceController } from './protocol/http-service/http-service.controller.js';
import { HTTP_SERVICES, readHttpServices } from './protocol/http-service/http-service-file.js';
import { httpServiceErrors } from './protocol/http-service/http-service.errors.js';
import { httpErrors } from './protocol/http/http.errors.js';
import { PublicationController } from './protocol/http/publication.controller.js';
import { WebServiceDoor } from './protocol/http/web-service-door.js';
import { AnswerMemory } from './protocol/odata/answer-memory.js';
import { ChangeExchange } from './protocol/odata/change-exchange.js';
import { ODataChangeController } from './protocol/odata/change.controller.js';
import { ODataGetController } from './protocol/odata/get.controller.js';
import { ObjectMethods } from './protocol/odata/object-methods.js';
import { ObjectWriter } from './protocol/odata/object-writer.js';
import { ODataReader } from './protocol/odata/odata-reader.js';
import { odataErrors } from './protocol/odata/odata.errors.js';
import { ODataPostController } from './protocol/odata/post.controller.js';
import { ODataWarmUp } from './protocol/odata/warm-up.js';
import { WriteRequest } from './protocol/odata/write-request.js';
import { EnterpriseDataService } from './protocol/soap/enterprise-data-service.js';
import { ExchangeSoapService } from './protocol/soap/exchange-soap-service.js';
import { SoapController } from './protocol/soap/soap.controller.js';
import { soapErrors } from './protocol/soap/soap.errors.js';
import { JOB_SCHEDULES, JobScheduler } from './schedule/job-scheduler.js';
import { OneCTime } from './schedule/one-c-time.js';
import { ScheduleLeader } from './schedule/schedule-leader.js';
import { readSchedules } from './schedule/schedule-file.js';
import { stores } from './stores.js';
import { ExportStore } from './state/export.store.js';
import { JobRunStore } from './state/job-run.store.js';
import { ObjectStore } from './state/object.store.js';
import { ReceivedStore } from './state/received.store.js';

const BUILT_IN_SCHEDULE = new URL('./schedule.yaml', import.meta.url);
const BUILT_IN_HTTP_SERVICES = new URL('./http-services.yaml', import.meta.url);

/** Nodes of exchange plans whose progress is kept. */
const MAX_NODES = 1000;

/** What the web server publishes of the infobase. */
@Module({
  controllers: [
    PublicationController,
    ODataGetController,
    ODataPostController,
    ODataChangeController,
    ExchangeDslController,
    HttpServiceController,
    SoapController,
  ],
})
class OneCPublicationModule {}

/** The web site beside the infobase. */
@Module({ controllers: [CommercemlController] })
class SiteModule {}

/** Parts that answer web services. */
const WEB_SERVICES = [
  WebServiceDoor,
  SessionPool,
  ODataReader,
  ObjectWriter,
  ObjectMethods,
  WriteRequest,
  ODataWarmUp,
  AnswerMemory,
  ChangeExchange,
  SiteUploads,
  SiteExchange,
];

/** Data exchange with peers by messages of EnterpriseData. */
const EXCHANGE = [
  ...[
    BackgroundJobs,
    DataExchange,
    EnterpriseDataService,
    ExchangeOperations,
    ExchangeSoapService,
    ExchangeFiles,
    ExchangeNodes,
    MessageBuilder,
    MessageLoader,
  ],
];

/** The infobase itself: data and time. */
const INFOBASE = [Infobase, LocalTime, Posting, StaffHolder];

@Module({})
class OneCModule {
  /** @throws SettingsError naming the setting whose file or range is wrong */
  static create(config: OneCConfig): DynamicModule {
    return {
      module: OneCModule,
      global: true,
      imports: [
        OneCPublicationModule,
        SiteModule,
        RouterModule.register([{ path: config.publication, module: OneCPublicationModule }]),
      ],
      providers: [
        ...given(config),
        ColdStartFault,
        ...[...JOB_FAULTS, ...ODATA_FAULTS],
        ...[...INFOBASE, ...WEB_SERVICES, ...EXCHANGE, ...EXCHANGE_FAULTS],
        ...[OneCTime, Portal, JobWorkshop, JobExchange, JobRunner],
        ...[JobScheduler, ScheduleLeader, InfobaseReset],
      ],
      exports: [...WEB_SERVICES, ...EXCHANGE, HTTP_SERVICES],
    };
  }
}

/** Providers made of the settings. */
function given(config: OneCConfig): Provider[] {
  const problem = staffProblem(defaultPopulation, selectionOf(config));
  if (problem !== undefined) throw new SettingsError(`ONEC_ORGANISATIONS, ONEC_EMPLOYEES: ${problem}`);
  // a wrong file is told before anything starts
  readTenants(config);
  readIntegrator(config);
  const schedules = readSchedules(config.scheduleFile ?? BUILT_IN_SCHEDULE, config.scheduleProfile, jobNames);
  return [
    { provide: Population, useValue: defaultPopulation },
    { provide: HRLINK_PROFILE, useValue: pathProfile(config.hrlinkPathProfile) },
    { provide: JOB_SCHEDULES, useValue: schedules },
    ...stores(config),
    { provide: HTTP_SERVICES, useValue: readHttpServices(config.httpServices ?? BUILT_IN_HTTP_SERVICES) },
    { provide: Configuration, useValue: zupConfiguration(config.odataEntities) },
    { provide: ChangeLog, useValue: new ChangeLog(MAX_NODES) },
  ];
}

function pathProfile(file: string | undefined): HrlinkProfile {
  try {
    return loadProfile(file);
  } catch (failure) {
    if (!(failure instanceof ProfileError)) throw failure;
    throw new SettingsError(`ONEC_HRLINK_PATH_PROFILE: ${failure.message}`);
  }
}

/** 1С:Предприятие 8.3 with 1С:ЗУП and the HR-Link extension. */
export const oneCEmulator = defineEmulator({
  name: '1c-emulator',
  settings: oneCSettings,
  module: (config) => OneCModule.create(config),
  catalogues: [odataErrors, httpServiceErrors, soapErrors, commercemlErrors, httpErrors, jobErrors],
  admin: {
    controllers: [
      ...[JobsController, ExportsController, StaffController],
      ...[ExchangeController, ObjectsController, SessionsController],
    ],
    uses: [
      ...[JobScheduler, JobRunner, JobRunStore, ExportStore, ReceivedStore, StaffHolder, OneCTime],
      ...[BackgroundJobs, ChangeLog, ExchangeFiles, ExchangeNodes, Infobase, ObjectStore, SessionPool],
    ],
  },
  faultsFolder: new URL('./faults/', import.meta.url),
});
