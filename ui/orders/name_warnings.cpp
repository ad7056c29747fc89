// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/name_warnings.h"

#include "lifecycle/certificate_manager.h"
#include "ui/common/date_text.h"
#include "ui/common/icons.h"
#include "ui/common/widgets.h"

#include <QCoreApplication>
#include <QHBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using lifecycle::NameWarning;
using Kind = NameWarning::Kind;

constexpr auto pause = std::chrono::milliseconds(350);
constexpr int shownOfEachKind = 3;
constexpr int iconSize = 16;

struct NameWarningWords {
    Q_DECLARE_TR_FUNCTIONS(ui::NameWarnings)
};

QString denialText(const NameWarning& warning)
{
    if (warning.detail.isEmpty())
        return NameWarningWords::tr("%1 is none of the names that your rules allow; the order will not be placed.")
            .arg(warning.name);
    return NameWarningWords::tr("Your rule “%2” denies %1; the order will not be placed.")
        .arg(warning.name, warning.detail);
}

QString sentenceFor(const NameWarning& warning)
{
    switch (warning.kind) {
    case Kind::Denied:
        return denialText(warning);
    case Kind::Refused:
        return NameWarningWords::tr("This authority refused %1 on %2: %3")
            .arg(warning.name, localTime(warning.at), warning.detail);
    case Kind::Internal:
        return NameWarningWords::tr("%1 is an internal name, for which no public authority may issue.")
            .arg(warning.name);
    case Kind::Covered:
        return NameWarningWords::tr("%1 is in the certificate of %2 already.").arg(warning.name, warning.detail);
    case Kind::Unknown:
        break;
    }
    return NameWarningWords::tr("The DNS has no address for %1.").arg(warning.name);
}

} // namespace

NameWarnings::NameWarnings(Workspace& workspace, QWidget* parent)
    : QFrame(parent)
    , m_workspace(workspace)
    , m_icon(new QLabel)
    , m_text(makeLabel(QString(), QString(), true))
{
    setObjectName(u"nameWarnings"_s);
    m_text->setObjectName(u"nameWarningsText"_s);
    m_icon->setPixmap(themedIcon(u"attention"_s, Severity::Attention).pixmap(iconSize, iconSize));
    m_icon->setAlignment(Qt::AlignTop);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &NameWarnings::send);
    hide();
}

NameWarnings::~NameWarnings()
{
    m_stop.request_stop();
}

void NameWarnings::ask(lifecycle::NameQuestion question)
{
    const bool same = question.authorityId == m_question.authorityId && question.accountId == m_question.accountId
        && question.names == m_question.names;
    if (same)
        return;
    m_question = std::move(question);
    m_stop.request_stop();
    ++m_generation;
    m_pause.start();
}

void NameWarnings::send()
{
    m_warnings.clear();
    tell();
    if (m_question.names.isEmpty() || m_question.authorityId.isEmpty())
        return;
    const int generation = m_generation;
    m_workspace.manager.nameWarnings(m_question, this, [this, generation](base::Result<QList<NameWarning>> warnings) {
        // a warning that cannot be had must not get into anybody's way
        show(generation, warnings.value_or(QList<NameWarning>()));
        lookUp(generation);
    });
}

void NameWarnings::lookUp(int generation)
{
    if (generation != m_generation)
        return;
    m_stop = std::stop_source();
    m_workspace.manager.missingNames(
        m_question, this,
        [this, generation](base::Result<QList<NameWarning>> missing) {
            show(generation, missing.value_or(QList<NameWarning>()));
        },
        m_stop.get_token());
}

void NameWarnings::show(int generation, const QList<NameWarning>& warnings)
{
    if (generation != m_generation)
        return;
    m_warnings += warnings;
    tell();
}

void NameWarnings::tell()
{
    QStringList paragraphs;
    for (const Kind kind : {Kind::Denied, Kind::Refused, Kind::Internal, Kind::Covered, Kind::Unknown})
        if (const QString text = paragraph(kind); !text.isEmpty())
            paragraphs += text;
    m_text->setText(paragraphs.join(u'\n'));
    m_text->setAccessibleName(tr("Warnings about the names: %1").arg(m_text->text()));
    setVisible(!paragraphs.isEmpty());
    Q_EMIT told();
}

QString NameWarnings::text() const
{
    return m_text->text();
}

QString NameWarnings::paragraph(Kind kind) const
{
    QStringList sentences;
    int more = 0;
    for (const NameWarning& warning : m_warnings) {
        if (warning.kind != kind)
            continue;
        if (sentences.size() < shownOfEachKind)
            sentences += sentenceFor(warning);
        else
            ++more;
    }
    if (more > 0)
        sentences += tr("The same goes for %n more name(s).", nullptr, more);
    return sentences.join(u'\n');
}

} // namespace ui
