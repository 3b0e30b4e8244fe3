// What orval makes of the document: functions over fetch, which ask the server that the document names.
module.exports = {
    stele: {
        input: { target: './openapi.json' },
        output: { target: './orval.gen.ts', client: 'fetch', baseUrl: { getBaseUrlFromSpecification: true } },
    },
}
