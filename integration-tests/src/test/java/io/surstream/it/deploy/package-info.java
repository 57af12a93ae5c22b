/** What deploy/ and k8s/ give to the services, checked against what the services understand. */
package io.surstream.it.deploy;
