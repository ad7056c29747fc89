// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"

namespace ui {

class Facts;

/// What the directory said: kind, terms, website, EAB, profiles.
void showMeta(Facts& facts, const lifecycle::AuthorityMeta& meta);
/// Subjects and SHA-256 fingerprints of pinned roots; says so where the system's store is used.
void showRoots(Facts& facts, const QStringList& subjects, const QStringList& fingerprints);
/// Everything about an authority under management.
void showAuthority(Facts& facts, const lifecycle::Authority& authority);
/// The kind of server as people call it.
QString serverKindText(const QString& kind);

} // namespace ui
