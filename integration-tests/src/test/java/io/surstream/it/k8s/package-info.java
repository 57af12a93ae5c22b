/** The manifests of k8s/ as they are rendered: against the real schemas, the services' configuration and each other. */
package io.surstream.it.k8s;
