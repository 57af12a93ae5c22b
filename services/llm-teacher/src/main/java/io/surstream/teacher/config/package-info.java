/** Settings of the service. */
package io.surstream.teacher.config;
