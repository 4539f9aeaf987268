// The API's document, to read and to try. A page of its own: nothing of the app is loaded with it.
import '../styles/docs.css';
import SwaggerUi from 'swagger-ui-dist/swagger-ui-es-bundle.js';

SwaggerUi({
  dom_id: '#api',
  url: '/api/v1/openapi.json',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: false,
  validatorUrl: null,
});
