/** The model that a service's settings name, and files that are brought from object storage once. */
package io.surstream.modelstore.models;
