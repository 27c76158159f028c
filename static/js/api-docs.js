// The page to try the API: Swagger UI on the description named by the page.
const place = document.getElementById("api");
window.SwaggerUIBundle({ url: place.dataset.description, domNode: place, deepLinking: true, tryItOutEnabled: true });
