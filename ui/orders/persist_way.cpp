// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/persist_way.h"

namespace ui {

using namespace Qt::StringLiterals;

QString PersistWay::key() const
{
    return u"persist"_s;
}

QString PersistWay::title() const
{
    return tr("dns-persist-01, by a record that stays");
}

bool PersistWay::propose(const lifecycle::Authority&, const Preferences&)
{
    return false;
}

void PersistWay::remember(const lifecycle::Authority&, Preferences&, bool) const
{
}

bool PersistWay::take(const challenge::ProofSettings& proof)
{
    return proof.challengeType == u"dns-persist-01";
}

base::Result<challenge::ProofSettings> PersistWay::entered() const
{
    challenge::ProofSettings settings;
    settings.challengeType = u"dns-persist-01"_s;
    return settings;
}

QString PersistWay::hint() const
{
    return tr("The record has to be in DNS before the order: the account's “Persistent records” makes it.");
}

QString PersistWay::summary() const
{
    return u"dns-persist-01"_s;
}

} // namespace ui
