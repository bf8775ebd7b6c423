// node jsonld.cjs FILE: the quads that jsonld.js reads from a JSON-LD file, as N-Quads. It may fetch nothing.
const fs = require('fs');
const jsonld = require('jsonld');

const documentLoader = (url) => Promise.reject(new Error(`asked for ${url}`));
const document = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
jsonld.toRDF(document, {format: 'application/n-quads', documentLoader, safe: true}).then(
  (text) => process.stdout.write(text),
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
