// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"
#include "lifecycle/authority_condition.h"
#include "ui/common/status.h"

namespace ui {

class Facts;

/// What the directory said: kind, terms, website, EAB, profiles.
void showMeta(Facts& facts, const lifecycle::AuthorityMeta& meta);
/// Subjects and SHA-256 fingerprints of pinned roots; says so where the system's store is used.
void showRoots(Facts& facts, const QStringList& subjects, const QStringList& fingerprints);
/// Everything about an authority under management.
void showAuthority(Facts& facts, const lifecycle::Authority& authority);
/// How it was last found: reachable, how fast, its clock, until when it asked to be left alone.
void showCondition(Facts& facts, const lifecycle::AuthorityCondition& condition);
Status statusOf(const lifecycle::AuthorityCondition& condition, const QDateTime& now);
/// One line about it for the overview: why it is not reachable, else how fast it answers and how its clock goes.
QString conditionText(const lifecycle::AuthorityCondition& condition, const QDateTime& now);
/// The clock of the authority against ours, in words; explains a difference of over a minute. Empty where unknown.
QString clockText(const lifecycle::AuthorityCondition& condition);
/// The kind of server as people call it.
QString serverKindText(const QString& kind);

} // namespace ui
