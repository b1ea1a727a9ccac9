import { distributionSchema, type Distribution } from '@poligon/emulator-kit';

/** The distribution the bench asks for. */
export function latencySetting(): Distribution {
  const [, , text = '{"ms":100}'] = process.argv;
  return distributionSchema.parse(JSON.parse(text));
}
