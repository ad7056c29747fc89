// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"

#include <QDateTime>
#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>

namespace lifecycle {

/// One rule about names, as operators write them:
///
/// - `www.corp.example`: that name, nothing else
/// - `*.corp.example`: the wildcard, and every name exactly one label below
/// - `.corp.example`: everything below, at any depth and wildcards too, without `corp.example` itself
/// - `10.0.0.0/8`, `fd00::/8`, `192.0.2.7`: IP addresses
class NameRule {
public:
    enum class Kind { Exact, Wildcard, Suffix, Network };

    /// InvalidInput about "rule" that says what is wrong. Unicode becomes A-labels, host bits of a network are refused.
    static base::Result<NameRule> parse(const QString& text);

    Kind kind() const { return m_kind; }
    /// As it is written and stored.
    const QString& text() const { return m_text; }
    bool matches(const base::Identifier& name) const;

    friend bool operator==(const NameRule& left, const NameRule& right) { return left.m_text == right.m_text; }

private:
    NameRule(Kind kind, QString text, QString name = QString(), QHostAddress network = QHostAddress(), int bits = 0);
    static base::Result<NameRule> parseNetwork(const QString& text);

    Kind m_kind;
    QString m_text;
    QString m_name; ///< what DNS names are compared with
    QHostAddress m_network;
    int m_bits = 0;
};

/// Parses every text and drops repetitions; the error names the first bad one.
base::Result<QList<NameRule>> parseNameRules(const QStringList& texts);
QStringList ruleTexts(const QList<NameRule>& rules);

/// Whether a policy lets a name through, and which rule says so.
struct NameDecision {
    enum class Verdict {
        Allowed,
        Denied,
        Unknown, ///< no rule speaks about it
    };
    Verdict verdict = Verdict::Unknown;
    QString rule; ///< empty with Denied: names are allowed, and this is none of them
    QString accountId; ///< whose rule; empty: the authority's
};

/// Which names the operator knows an authority, or one account there, to issue for. Denying wins; where something is
/// allowed, nothing else is.
struct IssuancePolicy {
    QString authorityId;
    QString accountId; ///< empty: for every account of the authority
    QList<NameRule> allowed;
    QList<NameRule> denied;

    bool isEmpty() const { return allowed.isEmpty() && denied.isEmpty(); }
    NameDecision decide(const base::Identifier& name) const;
};

/// What all policies that apply say together: denied by any, else allowed by any.
NameDecision decide(const QList<IssuancePolicy>& policies, const base::Identifier& name);
/// "“db.corp.example” is denied by the rule “.corp.example”", for errors and logs.
QString denialSentence(const base::Identifier& name, const NameDecision& decision);

/// That an authority refused a name, kept until an order for it succeeds.
struct NameRefusal {
    QString name;
    QString authorityId;
    QString accountId;
    QString orderId;
    QDateTime at; ///< UTC
    QString type; ///< the problem's: "rejectedIdentifier", "caa", …
    QString detail; ///< the authority's words
};

/// A certificate that has a name.
struct NameHolder {
    QString name; ///< as asked for
    QString certificateId;
    QString title; ///< the certificate's first name
    QString authorityName;
};

} // namespace lifecycle
