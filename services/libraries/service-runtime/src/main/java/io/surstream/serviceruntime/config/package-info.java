/** Settings that several services have, to be inherited by their own. */
package io.surstream.serviceruntime.config;
