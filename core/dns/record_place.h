// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/resolver.h"

#include <memory>

/// Where a record really is, behind aliases and in which zone.
namespace dns {

/// Where the CNAME record of `name` leads; empty where it has none, or has it from a wildcard: once there is any record
/// at the name, the wildcard says nothing about it (RFC 4592 section 2.2.1).
///
/// The errors of the resolver, and NotFound where it refers to other servers.
base::Task<base::Result<QString>> ownAlias(std::shared_ptr<Resolver> resolver, QString name, std::stop_token stop);

/// The name where the own aliases of `name` end, as far as the resolver knows.
base::Task<QString> endOfOwnAliases(std::shared_ptr<Resolver> resolver, QString name, std::stop_token stop);

/// The zone that `name` itself lies in, wherever it may be an alias of: that which `resolver` names for it, or for the
/// nearest name above.
///
/// NotFound where there is none.
base::Task<base::Result<QString>> zoneOf(std::shared_ptr<Resolver> resolver, QString name, std::stop_token stop);

} // namespace dns
