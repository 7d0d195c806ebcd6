@NullMarked
package io.modelfleet.service;

import org.jspecify.annotations.NullMarked;
